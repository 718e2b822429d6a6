/** So long at most does a change wait where no picture is drawn, as in a hidden window. */
const HIDDEN_MS = 250

/** Runs this before the next picture is drawn, or after 250 ms where none is. */
export function beforePicture(run: () => void): void {
  const both = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    run()
  }
  const frame = requestAnimationFrame(both)
  const timer = setTimeout(both, HIDDEN_MS)
}
