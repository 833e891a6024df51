/** What this room tells the others. */
import type { OutgoingMessage } from '#platform/bus/bus.ts';
import type { EventData } from '#schema/messages.ts';

export const TOPIC = 'gomall.recommendations.events';

export const modelPublished = (data: EventData<'recommendations', 'model.published'>): OutgoingMessage => ({ topic: TOPIC, type: 'model.published', version: 1, subject: data.modelId, data });
