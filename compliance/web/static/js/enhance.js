// Small comforts on top of pages that work without them.
import { focusErrors } from "./errors.js";
import { guardButtons } from "./once.js";
import { countCharacters } from "./counter.js";
import { foldMenus } from "./menus.js";
import { forgetOnSignOut } from "./sign_out.js";

focusErrors();
guardButtons();
countCharacters();
foldMenus();
forgetOnSignOut();
