import type { ListedContainer } from './docker/docker-client.ts';

export const PROJECT_LABEL = 'com.docker.compose.project';
export const SERVICE_LABEL = 'com.docker.compose.service';
const NUMBER_LABEL = 'com.docker.compose.container-number';
const ONEOFF_LABEL = 'com.docker.compose.oneoff';

export interface Member {
  readonly container: string;
  readonly replica: number;
  /** It has never been started, as far as Docker's list knows. */
  readonly created: boolean;
}

/** The replicas among the listed containers, and a sentence for each that Compose has not numbered. */
export function readMembers(listed: readonly ListedContainer[]): { members: Member[]; problems: string[] } {
  const members: Member[] = [];
  const problems: string[] = [];
  for (const { id, labels, status } of listed) {
    if (labels[ONEOFF_LABEL] === 'True') continue;
    const number = labels[NUMBER_LABEL] ?? '';
    if (/^[1-9]\d{0,5}$/.test(number))
      members.push({ container: id, replica: Number(number), created: status === 'created' });
    else {
      problems.push(
        `Container ${id.slice(0, 12)} must have a label ${NUMBER_LABEL} with a number from 1, but has ` +
          `${JSON.stringify(number)}: it is not placed. Start replicas with docker compose.`,
      );
    }
  }
  members.sort((a, b) => a.replica - b.replica || (a.container < b.container ? -1 : 1));
  return { members, problems };
}
