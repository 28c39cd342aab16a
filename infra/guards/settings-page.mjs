// The settings the code reads, from docs/settings.md, which is made from the code: | `NAME` | type | default | meaning |
const none = new Set(['', '–', '—', '-', 'none', '(none)', 'null']);

export function readSettings(text) {
  return text
    .split('\n')
    .map(line => line.match(/^\|\s*`([^`]+)`\s*\|([^|]*)\|([^|]*)\|(.*)\|\s*$/))
    .filter(Boolean)
    .map(([, name, type, value, meaning]) => ({
      name,
      type: type.trim(),
      default: none.has(value.trim().replace(/^`|`$/g, '')) ? null : value.trim().replace(/^`|`$/g, ''),
      meaning: meaning.trim(),
    }));
}
