/** The ids of the two fields that a shortcut goes to. */
export const fields = { compose: 'compose-text', search: 'history-search' } as const
