"""The addresses of courses' files, which learners' pages use: not below /studio/."""

from django.urls import re_path

from studio.views import images

image_urlpatterns = [
    # Drawings stood there from the beginning: pages and bookmarks name the address.
    re_path(
        r"^gambar/(?P<digest>[0-9a-f]{64})\.svg$",
        images.course_image,
        name="course_image",
    ),
    re_path(
        r"^berkas/(?P<digest>[0-9a-f]{64})\.(?P<ending>[a-z0-9]{3,4})$",
        images.course_file,
        name="course_file",
    ),
]
urlpatterns = image_urlpatterns
