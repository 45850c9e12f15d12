# C without what it says to people: prints each line as "path:line:code", comments taken out and
# strings emptied, so that a rule can be a plain pattern. Paths are what they are below `root`.

FNR == 1 {
	path = substr(FILENAME, length(root) + 2)
	inside = 0
}

{
	code = ""
	rest = $0
	while (inside || (!/^#include/ && match(rest, /\/\*|"([^"\\]|\\.)*"|'([^'\\]|\\.)*'/))) {
		if (inside) {
			end = index(rest, "*/")
			if (!end) {
				rest = ""
				break
			}
			rest = substr(rest, end + 2)
			inside = 0
			continue
		}
		code = code substr(rest, 1, RSTART - 1)
		mark = substr(rest, RSTART, 1)
		if (mark == "/")
			inside = 1
		else
			code = code mark mark
		rest = substr(rest, RSTART + RLENGTH)
	}
	print path ":" FNR ":" code rest
}
