/**
 * A Debian package by the names it has had: the first is Debian 12's, the second came with 64-bit time.
 * @typedef {readonly [string, ...string[]]} Package
 */

/** @type {readonly Package[]} what the app itself needs to start, and to notify */
export const appPackages = [
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libxss1'],
  ['libxtst6'],
  ['libnotify4'],
]

/** @type {readonly Package[]} what a virtual desktop, and the windows and the person on it, need besides */
export const desktopPackages = [
  ['xvfb'],
  ['xauth'],
  ['openbox'],
  ['dbus'],
  ['dbus-x11'],
  ['x11-utils'],
  ['x11-xserver-utils'],
  ['x11-xkb-utils'],
  ['xkbset'],
  ['xclip'],
  ['xdotool'],
  ['xterm'],
  ['stterm'],
  // The smallest that shows what stands in it by the tree (0.1 MB besides GTK and its terminal, 1 MB).
  ['lxterminal'],
  // To deliver to six terminals: 5 MB more.
  ['xfce4-terminal'],
  ['gnome-terminal'],
  ['alacritty'],
  // It opens this one itself, which Debian's package does not say.
  ['libegl1'],
  ['at-spi2-core'],
  ['imagemagick'],
  // To have the system refuse what the database writes.
  ['strace'],
  ['fonts-dejavu-core'],
  ['fonts-noto-color-emoji'],
]

/** @type {readonly Package[]} programs with inputs as agents have them, which the tests deliver to */
export const inputPackages = [
  ['chromium'],
  ['firefox-esr'],
  ['mousepad'],
  ['kwrite'],
  // With its compiler: the Swing window is one source file.
  ['default-jdk'],
  ['xclip'],
]

/** @type {readonly Package[]} a Windows to test on (100 MB to fetch, 700 MB on disk) */
export const winePackages = [['wine'], ['wine64']]

/** The commands by which a system without dpkg shows that it has the desktop's packages. */
export const desktopCommands = [
  'Xvfb',
  'openbox',
  'dbus-daemon',
  'xprop',
  'xrandr',
  'setxkbmap',
  'xkbset',
  'xclip',
  'xdotool',
  'xterm',
  'st',
  'lxterminal',
  'xfce4-terminal',
  'gnome-terminal',
  'alacritty',
  'import',
]

/** The same for Wine's. */
export const wineCommands = ['wine', 'wineserver']

/** The same for the inputs'. */
export const inputCommands = ['chromium', 'firefox-esr', 'mousepad', 'kwrite', 'java', 'xclip']

/**
 * The packages of which no name is installed.
 * @param {readonly Package[]} wanted
 * @param {ReadonlySet<string>} installed
 * @returns {Package[]}
 */
export function missingPackages(wanted, installed) {
  return wanted.filter((names) => !names.some((name) => installed.has(name)))
}

/**
 * The name to install each by: the newest one that this system's package lists know, else the first.
 * @param {readonly Package[]} packages
 * @param {ReadonlySet<string>} known
 * @returns {string[]}
 */
export function namesToInstall(packages, known) {
  return packages.map((names) => names.toReversed().find((name) => known.has(name)) ?? names[0])
}

/**
 * The installed packages in the output of `dpkg-query -W -f '${Package} ${db:Status-Status}\n'`.
 * @param {string} listing
 * @returns {Set<string>}
 */
export function installedIn(listing) {
  const lines = listing.split('\n').map((line) => line.split(' '))
  return new Set(lines.filter(([, status]) => status === 'installed').map(([name = '']) => name))
}

/** @param {readonly string[]} names */
export function installCommand(names) {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`
}
