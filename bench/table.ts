/** Prints a title and rows of a name and a value in two aligned columns. */
export function printTable(title: string, rows: readonly (readonly [string, string | number])[]): void {
  const width = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${String(value).padStart(12)}`)
  console.log(`\n${title}\n${lines.join('\n')}`)
}
