"""Backups of a whole site, and sites made from them again.

`making` writes one archive of database and files, and the keys beside it; `restoring`
builds a site from them beside the one that is there and puts it in its place, or
leaves everything as it was. What an archive is: decision 0031.
"""
