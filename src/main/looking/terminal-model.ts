import * as headless from '@xterm/headless'

// A CommonJS module whose names Node does not see when it is loaded as it is; a bundler does.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const { Terminal } = (headless as { readonly default?: typeof headless }).default ?? headless

/** A model of a terminal's screen of that size, without anything that has scrolled out of it. */
export function terminalModel(columns: number, rows: number): headless.Terminal {
  return new Terminal({
    cols: Math.max(columns, 2),
    rows: Math.max(rows, 1),
    scrollback: 0,
    allowProposedApi: true,
    // Its words would go to the very terminal whose bytes are handed on untouched.
    logLevel: 'off',
  })
}
