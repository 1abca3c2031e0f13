// Pages of nobody: what every page has. Those of somebody bring it with phone.js.

import { revealControls } from "./site/enhancements.js";

revealControls(document);
