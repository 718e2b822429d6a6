/** What is known of the login session: the variables that a desktop sets. No zod: the command line looks at it, too. */
export interface Session {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Why no window can be typed into in this session, as a sentence with the way out; undefined when nothing speaks against it. */
export function sessionTrouble({ platform, env }: Session): string | undefined {
  if (platform !== 'linux') return undefined
  const type = env['XDG_SESSION_TYPE']
  if (type === 'wayland' || (env['WAYLAND_DISPLAY'] && type !== 'x11')) {
    return (
      'This is a Wayland session, which lets no program type into the windows of others. ' +
      'Log out and choose an X11 session at the login screen (often called "… on Xorg" or "… (X11)").'
    )
  }
  if (!env['DISPLAY']) {
    return 'There is no display: the variable DISPLAY is not set. Start Waggle from within a desktop session.'
  }
  return undefined
}
