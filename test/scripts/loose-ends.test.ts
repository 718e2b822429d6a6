import { expect, test } from 'vitest'
import { looseEnds } from '../../scripts/test/loose-ends.mjs'

const HASH = 'a'.repeat(40)
const workflow = (uses: string, permissions = 'permissions:\n  contents: read\n') =>
  `on: push\n${permissions}\njobs:\n  one:\n    steps:\n      - uses: ${uses}\n`

test('an action by the hash of a commit, in a workflow that may only read, is in order', () => {
  expect(looseEnds(workflow(`actions/checkout@${HASH} # v7.0.1`))).toEqual([])
})

test.each(['actions/checkout@v7', 'actions/checkout', `actions/checkout@${'a'.repeat(39)}`])(
  'an action that can become another is not: %s',
  (uses) => {
    expect(looseEnds(workflow(uses))).toEqual([
      expect.objectContaining({ line: 8, message: expect.stringContaining('hash') as string }),
    ])
  },
)

test.each([
  ['none named, which is all that the forge gives', ''],
  ['writing', 'permissions:\n  contents: write\n'],
  ['more than reading', 'permissions:\n  contents: read\n  packages: write\n'],
  ['more for one job', 'permissions:\n  contents: read\n\njobs:\n  other:\n    permissions: write-all\n'],
])('nor are rights beyond reading: %s', (_what, permissions) => {
  expect(looseEnds(workflow(`actions/checkout@${HASH}`, permissions))).toHaveLength(1)
})
