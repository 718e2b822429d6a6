#!/bin/sh
# An upgrade runs this, too, after the new version has set its own link: only a link to nothing is removed.
if [ -L /usr/bin/waggle ] && [ ! -e /usr/bin/waggle ]; then
  rm -f /usr/bin/waggle
fi
