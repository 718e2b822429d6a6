/** The row that this key goes to; undefined when the key means nothing here. */
export function targetOf(
  pressed: string,
  keys: readonly string[],
  selected: string | undefined,
): { readonly key: string | undefined } | undefined {
  const at = selected === undefined ? -1 : keys.indexOf(selected)
  const to = (index: number) => ({ key: keys[Math.min(keys.length - 1, Math.max(0, index))] })
  if (keys.length === 0) return undefined
  switch (pressed) {
    case 'ArrowDown':
      return to(at + 1)
    case 'ArrowUp':
      return to(at - 1)
    case 'Home':
      return to(0)
    case 'End':
      return to(keys.length - 1)
    case 'Escape':
      return selected === undefined ? undefined : { key: undefined }
    default:
      return undefined
  }
}
