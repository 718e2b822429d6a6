type Command = readonly [program: string, ...args: string[]]

/**
 * Programs that lock a screen and tell nobody on D-Bus. Debian's others do not start on a virtual desktop without a login:
 * light-locker, slock, xtrlock.
 */
export const lockers: readonly {
  readonly name: string
  readonly command: Command
  readonly env?: Readonly<Record<string, string>>
  /** Its settings in the home folder. */
  readonly settings?: readonly [file: string, text: string]
  /** What locks and unlocks, once it runs. Left out: it locks at once, and goes when it ends. */
  readonly lock?: Command
  readonly unlock?: Command
}[] = [
  { name: 'i3lock', command: ['i3lock', '-n', '-c', '203040'] },
  { name: 'xsecurelock', command: ['xsecurelock'], env: { XSECURELOCK_SAVER: 'saver_blank' } },
  {
    name: 'xscreensaver',
    command: ['xscreensaver', '--no-splash'],
    // It goes at once then.
    settings: ['.xscreensaver', 'fade: False\nunfade: False\nmode: blank\n'],
    lock: ['xscreensaver-command', '--activate'],
    unlock: ['xscreensaver-command', '--deactivate'],
  },
]
