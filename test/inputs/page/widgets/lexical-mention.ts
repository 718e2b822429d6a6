import { $applyNodeReplacement, TextNode, type EditorConfig, type SerializedTextNode } from 'lexical'

/** A chip in the text, as chats that are made with Lexical have it: a text that is deleted as a whole. */
export class MentionNode extends TextNode {
  static override getType(): string {
    return 'mention'
  }

  static override clone(node: MentionNode): MentionNode {
    return new MentionNode(node.__text, node.__key)
  }

  static override importJSON(serialized: SerializedTextNode): MentionNode {
    return $createMentionNode(serialized.text).updateFromJSON(serialized)
  }

  override createDOM(config: EditorConfig): HTMLElement {
    const element = super.createDOM(config)
    element.className = 'mention'
    element.spellcheck = false
    return element
  }

  override isTextEntity(): true {
    return true
  }

  override canInsertTextBefore(): boolean {
    return false
  }

  override canInsertTextAfter(): boolean {
    return false
  }
}

export function $createMentionNode(text: string): MentionNode {
  return $applyNodeReplacement(new MentionNode(text).setMode('token'))
}
