import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import type { Page } from '../routes.ts';
import { countText } from '../ui/moment.ts';
import classes from './navigation.module.css';
import type { Place } from './places.ts';
import { places } from './places.ts';
import { closeNavigation, toggleNavigation, useWindowState } from './window-state.ts';
import { Wordmark } from './wordmark.tsx';

/** The number beside a place: what waits there for a person, or goes on there. */
function useCounts(): ReadonlyMap<string, { count: number; words: string }> {
  const overview = useCall(calls.site.overview());
  if (overview.status !== 'full') return new Map();
  const { attention, running } = overview.answer;
  return new Map([
    ['Overview', { count: attention.length, words: 'need attention' }],
    ['Executions', { count: running, words: 'running' }],
  ]);
}

export function Navigation({ page }: { page: Page }) {
  const { isNavigationSmall, isNavigationOpen } = useWindowState();
  const counts = useCounts();
  return (
    <>
      {isNavigationOpen && <button type="button" className={classes.veil} aria-label="Close navigation" onClick={closeNavigation} />}
      <nav className={classes.navigation} aria-label="Main" data-small={isNavigationSmall} data-open={isNavigationOpen}>
        <a className={classes.brand} href={places[0]?.href} aria-label="Holdfast, to the overview" onClick={closeNavigation}>
          <Wordmark tone="nav" />
        </a>
        <ul className={classes.places}>
          {places.map((place, position) => (
            <li key={place.href}>
              <PlaceLink
                place={place}
                digit={position + 1}
                isHere={place.pages.includes(page)}
                isSmall={isNavigationSmall}
                count={counts.get(place.label)}
              />
            </li>
          ))}
        </ul>
        <div className={classes.foot}>
          <Tooltip label={isNavigationSmall ? 'Widen the navigation' : 'Make the navigation small'} position="right">
            <ActionIcon
              className={classes.toggle}
              aria-label={isNavigationSmall ? 'Widen the navigation' : 'Make the navigation small'}
              onClick={toggleNavigation}
            >
              {isNavigationSmall ? (
                <IconLayoutSidebarLeftExpand size={18} aria-hidden />
              ) : (
                <IconLayoutSidebarLeftCollapse size={18} aria-hidden />
              )}
            </ActionIcon>
          </Tooltip>
        </div>
      </nav>
    </>
  );
}

interface PlaceLinkProps {
  place: Place;
  digit: number;
  isHere: boolean;
  isSmall: boolean;
  count: { count: number; words: string } | undefined;
}

function PlaceLink({ place, digit, isHere, isSmall, count }: PlaceLinkProps) {
  const Glyph = place.icon;
  const hasCount = count !== undefined && count.count > 0;
  return (
    <Tooltip label={digit > 9 ? place.label : `${place.label} (Ctrl+${digit})`} position="right" disabled={!isSmall}>
      <a className={classes.place} href={place.href} aria-current={isHere ? 'page' : undefined} onClick={closeNavigation}>
        <Glyph size={18} stroke={1.7} aria-hidden />
        <span className={classes.label}>{place.label}</span>
        {hasCount && (
          <span className={classes.count}>
            {countText(count.count)}
            <span className={classes.hidden}> {count.words}</span>
          </span>
        )}
      </a>
    </Tooltip>
  );
}
