import type { Commit, Source } from '../api/types';

/** Where an application comes from, in one line. */
export function sourceText(source: Source): string {
  switch (source.kind) {
    case 'git':
      return `${shortUrl(source.url)}${source.branch ? ` @ ${source.branch}` : ''}`;
    case 'image':
      return source.image;
  }
}

/** A repository's URL without what is the same for all of them. */
export function shortUrl(url: string): string {
  return url
    .replace(/^(https?|ssh|git):\/\//, '')
    .replace(/^[^@/]+@/, '')
    .replace(/\.git$/, '');
}

/** A name for an application made from a repository's URL or an image's name. */
export function nameFrom(reference: string): string {
  const withoutDigest = reference.trim().split('@sha256:')[0] ?? '';
  const last = withoutDigest
    .replace(/\/+$/, '')
    .split(/[/:]/)
    .filter((part) => part !== '');
  const isImage = !/^[a-z]+:\/\/|\.git$|^[^/]+@/.test(withoutDigest);
  let name = last.at(-1) ?? '';
  // "nginx:1.27": what follows the colon is a tag, not the name.
  if (isImage && /:[^/]+$/.test(withoutDigest)) name = last.at(-2) ?? name;
  const label = name
    .replace(/\.git$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-');
  // A DNS label of at most 40 characters that begins with a letter: it is also a host name.
  const lettered = /^[0-9]/.test(label) ? `app-${label}` : label;
  return lettered.slice(0, 40).replace(/^-+|-+$/g, '');
}

/** The first line of a commit's message; empty when it has none. */
export function headline(commit: Commit | undefined): string {
  return commit?.message.split('\n')[0]?.trim() ?? '';
}
