import { openWaggle } from 'waggle/client'

const bees = await openWaggle()
for (const { state, to } of await bees.send('One', 'from a program')) console.log(state, to)
bees.close()

// @ts-expect-error -- agents have names: whoever writes a program is told
export const wrong = () => bees.send(7, 'never called')
