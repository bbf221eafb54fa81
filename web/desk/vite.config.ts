import { frontEnd } from "../vite.shared";

export default frontEnd("desk", "/desk/", "es2022");
