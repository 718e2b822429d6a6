import { FakeTree, type FakeTreeWindow } from '../../fakes/fake-tree'
import { DeliveryDesk } from './delivery-desk'

/** A desk whose first agent's program shows its tree, in which stands what the fake desktop's window holds. */
export function openTreeDesk(): { readonly desk: DeliveryDesk; readonly shown: FakeTreeWindow } {
  const desk = new DeliveryDesk()
  const tree = new FakeTree(desk.clock)
  const { title, rect } = desk.mine
  const shown = tree.openWindow({ pid: 0, title, rect, point: { x: 150, y: 380 } })
  shown.placeholder = 'Message Agent-1 …'
  desk.tree = tree
  let inner = desk.mine.text
  Object.defineProperty(desk.mine, 'text', {
    get: () => inner,
    set: (next: string) => {
      inner = next
      shown.text = next
    },
  })
  return { desk, shown }
}
