import { expect, test } from 'vitest'
import { connectX11 } from '../../src/main/desktop/x11/connection'

test('a connection that ended at a write that failed is known to have ended: nobody waits for an answer for ever', async () => {
  const x = await connectX11(process.env['DISPLAY'] ?? '')
  const told = new Promise<void>((resolve) => x.onEnd(resolve))
  const asked = x.ask<number>((done) => x.client.GetSelectionOwner(x.atom('CLIPBOARD'), done))
  // As the system ends it: no end of what is read comes before.
  x.client.stream.destroy(new Error('write EPIPE'))
  await expect(asked).rejects.toThrow('has closed the connection')
  await told
  expect(x.alive()).toBe(false)
  await expect(x.ask((done) => x.client.GetSelectionOwner(1, done))).rejects.toThrow()
})
