import { connectX11 } from '../../src/main/desktop/x11/connection'
import { createX11Clipboard } from '../../src/main/desktop/x11/clipboard'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { FakeDesktop } from '../fakes/fake-desktop'
import { HastyClock } from '../fakes/hasty-clock'
import { startAgents } from '../harness/agents'
import { xdotool } from '../harness/xdotool'
import { describeDesktop, type Stage } from './desktop-contract'

describeDesktop('the fake', fakeStage)
describeDesktop('X11 and nut-js', realStage)

async function fakeStage(): Promise<Stage> {
  const clock = new HastyClock()
  const desktop = new FakeDesktop(clock)
  const windows = {
    Left: desktop.openWindow('Left: chat', { x: 10, y: 20, width: 300, height: 300 }),
    Right: desktop.openWindow('Right: chat', { x: 400, y: 20, width: 300, height: 300 }),
  }
  return {
    desktop,
    inputOf: async (name) => ({ x: windows[name].rect.x + 150, y: windows[name].rect.y + 280 }),
    setText: async (name, text) => void (windows[name].text = text),
    textOf: async (name) => windows[name].text,
    submitted: async (name) => windows[name].submitted,
    move: async (name, x, y) => void (windows[name].rect = { ...windows[name].rect, x, y }),
    closeWindow: async (name) => desktop.closeWindow(windows[name]),
    copyElsewhere: async (text) => desktop.copyElsewhere(text),
    personTypes: async () => desktop.person(),
    personMoves: async () => desktop.person({ x: 30, y: 40 }),
    unmarked: '',
    passTime: () => clock.pass(150),
    end: async () => desktop.close(),
  }
}

async function realStage(): Promise<Stage> {
  const agents = await startAgents({ agents: [{ name: 'Left' }, { name: 'Right' }] })
  const display = process.env.DISPLAY ?? ''
  const desktop = await openX11Desktop(display)
  const other = await connectX11(display)
  const otherClipboard = createX11Clipboard(other)
  return {
    desktop,
    async inputOf(name) {
      const [x, y] = (await agents.window(name)).input
      return { x, y }
    },
    setText: (name, text) => agents.setDraft(name, text),
    textOf: (name) => agents.readInput(name),
    async submitted(name, count) {
      const all = await agents.submitted(count)
      return all.filter(({ agent }) => agent === name).map(({ text }) => text)
    },
    move: async (name, x, y) => void (await agents.move(name, { x, y })),
    closeWindow: (name) => agents.close(name),
    copyElsewhere: async (text) => void (await otherClipboard.offerText(text)),
    personTypes: async () => void xdotool('key', 'Shift'),
    personMoves: async () => void xdotool('mousemove', '30', '40'),
    unmarked: '',
    passTime: () => undefined,
    async end() {
      desktop.close()
      other.close()
      await agents.stop()
    },
  }
}
