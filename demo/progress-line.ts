/** Tells on stderr how far something is: one line that changes in a terminal, every tenth step elsewhere. */
export function progressLine(
  title: string,
  total: number,
): { step: (count: number) => void; done: (how: string) => void } {
  const live = process.stderr.isTTY
  const show = (text: string): void => void process.stderr.write(live ? `\r\u001B[K${text}` : `${text}\n`)
  show(`  ${title} …`)
  return {
    step: (count) => {
      if (live || count % 10 === 0) show(`  ${title} … ${count} of ${total}`)
    },
    done: (how) => show(`  ${title}: ${how}${live ? '\n' : ''}`),
  }
}
