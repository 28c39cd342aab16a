const paths = {
  again: 'M4 12a8 8 0 1 1 2.3 5.6M4 18v-6h6',
  seed: 'M12 3v18M5 8c4 0 7 3 7 7M19 6c-4 0-7 3-7 7',
  edit: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  download: 'M12 4v11m-5-4 5 5 5-5M5 20h14',
  close: 'M6 6l12 12M18 6 6 18',
  info: 'M12 11v6M12 7v.5M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18z',
  plus: 'M12 5v14M5 12h14',
  pause: 'M9 5v14M15 5v14',
  play: 'M8 5v14l11-7z',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
} as const

export type IconName = keyof typeof paths

/** A drawn symbol. It says nothing to screen readers: the button around it has the label. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
