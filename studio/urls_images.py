"""The address of lesson pictures, which learners' pages use: not below /studio/."""

from django.urls import re_path

from studio.views import images

image_urlpatterns = [
    re_path(
        r"^gambar/(?P<digest>[0-9a-f]{64})\.svg$",
        images.course_image,
        name="course_image",
    ),
]
urlpatterns = image_urlpatterns
