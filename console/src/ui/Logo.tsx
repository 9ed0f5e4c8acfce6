/** The keep with its lit door, and the name beside it. */
export function Logo({ size = 26, withName = true }: { size?: number; withName?: boolean }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: size * 0.36 }}>
      <svg
        width={size}
        height={size}
        viewBox="0 0 32 32"
        role={withName ? undefined : 'img'}
        aria-hidden={withName}
        aria-label={withName ? undefined : 'Havenkeep'}
      >
        <path d="M5 3h5v4h3.6V3h4.8v4H22V3h5v9.5l-2.6 2.6V29H7.6V15.1L5 12.5z" fill="currentColor" />
        <path d="M12.4 29v-6.4a3.6 3.6 0 0 1 7.2 0V29z" fill="#e5a13a" />
        <path d="M14.9 12.2h2.2v4h-2.2z" fill="#e5a13a" />
      </svg>
      {withName && (
        <span style={{ fontWeight: 620, fontSize: size * 0.66, letterSpacing: '-0.012em', lineHeight: 1 }}>
          Havenkeep
        </span>
      )}
    </span>
  );
}
