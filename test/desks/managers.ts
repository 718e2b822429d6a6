/** A window manager as people have it set up. */
export interface ManagerSetup {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** Its settings, by their place in the home folder. */
  readonly files?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** A compositor beside it. */
  readonly compositor?: readonly [program: string, ...args: string[]]
  /** How a person goes to another workspace, if not by what wmctrl asks: N is its number from 0, M from 1. */
  readonly goTo?: readonly string[]
  /** What it cannot be asked for, each with the reason that the message must give then. */
  readonly unable?: Readonly<Record<string, RegExp>>
}

const xfwm4 = (settings: string) => ({
  '.config/xfce4/xfconf/xfce-perchannel-xml/xfwm4.xml': `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfwm4" version="1.0"><property name="general" type="empty">
<property name="workspace_count" type="int" value="4"/>${settings}</property></channel>`,
})

const i3 = (settings: string) => ({
  '.config/i3/config': `# i3 config file (v4)
font pango:monospace 8
floating_modifier Mod1
${settings}
`,
})

const kwin = (settings: string) => ({
  '.config/kwinrc': `[Compositing]
Enabled=false
[Desktops]
Number=4
Rows=1
${settings}
`,
})

const openboxConfig = (focus: string) => ({
  '.config/openbox/rc.xml': `<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc"><focus>${focus}</focus>
<desktops><number>4</number></desktops>
<mouse><context name="Client"><mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind></context></mouse>
</openbox_config>`,
})

export const managers: readonly ManagerSetup[] = [
  { name: 'openbox', command: 'openbox', args: ['--sm-disable'] },
  {
    name: 'openbox, focus follows mouse',
    command: 'openbox',
    args: ['--sm-disable'],
    files: openboxConfig('<followMouse>yes</followMouse><underMouse>yes</underMouse>'),
  },
  {
    name: 'openbox, picom',
    command: 'openbox',
    args: ['--sm-disable'],
    compositor: ['picom', '--backend', 'xrender', '--config', '/dev/null'],
  },
  { name: 'xfwm4, compositor', command: 'xfwm4', args: ['--compositor=on'], files: xfwm4('') },
  {
    name: 'xfwm4, strict',
    command: 'xfwm4',
    args: ['--compositor=off'],
    files: xfwm4(
      '<property name="prevent_focus_stealing" type="bool" value="true"/><property name="activate_action" type="string" value="none"/>',
    ),
  },
  {
    name: 'xfwm4, focus follows mouse',
    command: 'xfwm4',
    args: ['--compositor=off'],
    files: xfwm4('<property name="click_to_focus" type="bool" value="false"/>'),
  },
  { name: 'kwin_x11', command: 'kwin_x11', args: [], files: kwin(''), env: { KWIN_COMPOSE: 'N' } },
  {
    name: 'kwin_x11, strict',
    command: 'kwin_x11',
    args: [],
    files: kwin('[Windows]\nFocusStealingPreventionLevel=4'),
    env: { KWIN_COMPOSE: 'N' },
  },
  {
    name: 'kwin_x11, focus follows mouse',
    command: 'kwin_x11',
    args: [],
    files: kwin('[Windows]\nFocusPolicy=FocusFollowsMouse'),
    env: { KWIN_COMPOSE: 'N' },
  },
  { name: 'mutter', command: 'mutter', args: ['--x11', '--sm-disable'] },
  { name: 'marco', command: 'marco', args: ['--sm-disable', '--no-composite'] },
  { name: 'fluxbox', command: 'fluxbox', args: [] },
  {
    name: 'fluxbox, tabs',
    command: 'fluxbox',
    args: [],
    files: { '.fluxbox/apps': '[group] (workspace)\n [app] (title=Agent-.*)\n[end]\n' },
  },
  { name: 'icewm', command: 'icewm', args: [] },
  { name: 'awesome', command: 'awesome', args: [] },
  { name: 'i3, tiled', command: 'i3', args: [], files: i3(''), goTo: ['i3-msg', 'workspace', 'M'] },
  {
    name: 'i3, tabbed',
    command: 'i3',
    args: [],
    files: i3('workspace_layout tabbed'),
    goTo: ['i3-msg', 'workspace', 'M'],
  },
  {
    name: 'bspwm',
    command: 'bspwm',
    args: [],
    files: { '.config/bspwm/bspwmrc': '#!/bin/sh\nbspc monitor -d 1 2 3 4\n' },
  },
  {
    name: 'dwm',
    command: 'dwm',
    args: [],
    // It brings no window to the front for a program.
    goTo: ['xdotool', 'key', 'alt+M'],
    unable: {
      'another workspace, a window there': /off the screen: move the window back/,
      'another workspace, empty': /off the screen: move the window back/,
      'another agent fullscreen': /^Another window covers the input of Agent-1/,
      'person’s window fullscreen': /^Another window covers the input of Agent-1/,
    },
  },
]
