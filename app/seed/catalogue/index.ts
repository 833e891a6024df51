/** The demo catalogue, department by department. */
import { accessories } from './accessories.ts';
import { electronics } from './electronics.ts';
import { fashion } from './fashion.ts';
import { food } from './food.ts';
import { garden } from './garden.ts';
import { home } from './home.ts';
import { kitchen } from './kitchen.ts';
import { leisure } from './leisure.ts';
import { outdoors } from './outdoors.ts';
import type { Department } from './shapes.ts';
import { wellbeing } from './wellbeing.ts';

export const DEPARTMENTS: readonly Department[] = [fashion, home, kitchen, electronics, accessories, leisure, outdoors, garden, food, wellbeing];
