import type { Session } from '../api/types';

const KEY = 'havenkeep.team';

/** The team that was looked at last, if it is still one of the person's; else the first. */
export function rememberedTeam(session: Session): string | undefined {
  let remembered: string | null = null;
  try {
    remembered = localStorage.getItem(KEY);
  } catch {
    // Storage may be forbidden; the first team is as good.
  }
  return session.teams.find(({ id }) => id === remembered)?.id ?? session.teams[0]?.id;
}

export function rememberTeam(team: string): void {
  try {
    localStorage.setItem(KEY, team);
  } catch {
    // Storage may be forbidden; nothing is lost but the convenience.
  }
}
