#!/bin/sh
# The command `waggle` is the command line; the app itself starts from the desktop's menu.
ln -sf /opt/Waggle/resources/bin/waggle /usr/bin/waggle
# Chromium's sandbox where the kernel keeps user namespaces from programs (Ubuntu since 24.04).
chmod 4755 /opt/Waggle/chrome-sandbox || true
if command -v update-desktop-database >/dev/null 2>&1; then
  update-desktop-database /usr/share/applications || true
fi
