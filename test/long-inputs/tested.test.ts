import { describe, expect, test } from 'vitest'
import { widgetKinds } from '../harness/inputs/widget-kinds'
import { matrixDesk, type LookedAtBy } from '../real-inputs/matrix-desk'

// `waggle agents test` in every editor: it types, reads, repeats and takes out, and what it learns is true.

describe.each<LookedAtBy>(['tree', 'copy'])('by %s', (by) => {
  const desk = matrixDesk(widgetKinds, by)

  test.each(widgetKinds)(
    'a test of %s works, says how it is read and leaves a draft as it was',
    async (widget) => {
      await desk.meet(widget)
      for (const draft of ['', 'half a thought\nof mine']) {
        await desk.inputs.setDraft(widget, draft)
        const result = await desk.pipe.call('agent.test', { name: widget })
        // Monaco's tree shows nothing of its text, so it is copied from.
        const lookedAtBy = widget === 'monaco' ? 'copy' : by
        expect(result, JSON.stringify(result.failure)).toMatchObject({ ok: true, lookedAtBy })
        expect(result.says?.length).toBeGreaterThan(0)
        await expect.poll(async () => (await desk.inputs.peek(widget)).text).toBe(draft)
      }
    },
  )
})
