# shellcheck shell=bash
# What tests of --ics load besides lib: `load ics`.

# sound_ics FILE: is it a calendar by RFC 5545? What is wrong is printed.
sound_ics() {
	LC_ALL=C awk '
		function wrong(what) { printf "line %d: %s: %s\n", NR, what, line; bad = 1 }
		# A line that is complete, unfolded.
		function take(name, value) {
			if (!match(line, /^[A-Z-]+(;[A-Z]+=[A-Z]+)*:/))
				return wrong("no content line")
			value = substr(line, RLENGTH + 1)
			name = substr(line, 1, RLENGTH - 1)
			if (name == "BEGIN") {
				if (depth == 0 ? value != "VCALENDAR" : value !~ /^(VEVENT|VTODO)$/ || depth > 1)
					wrong("out of place")
				open[++depth] = value
				split("", has)
				return
			}
			if (name == "END") {
				if (open[depth] != value)
					wrong("closes what is not open")
				if (value != "VCALENDAR" && !(("UID" in has) && ("DTSTAMP" in has) && ("SUMMARY" in has)))
					wrong("lacks UID, DTSTAMP or SUMMARY")
				if (value == "VEVENT" && !("DTSTART;VALUE=DATE" in has))
					wrong("an event without a start")
				if (("DUE;VALUE=DATE" in has) && has["DTSTART;VALUE=DATE"] >= has["DUE;VALUE=DATE"])
					wrong("due before it starts")
				depth--
				return
			}
			if (depth == 0)
				wrong("outside")
			if (name in has)
				wrong("twice")
			has[name] = value
			if (name == "UID" && known[value]++)
				wrong("a UID again")
			if (name == "DTSTAMP" && value !~ /^[0-9]+T000000Z$/)
				wrong("no UTC time")
			if (name ~ /VALUE=DATE$/ && value !~ /^[0-9][0-9][0-9][0-9][01][0-9][0-3][0-9]$/)
				wrong("no date")
			if (name ~ /^(SUMMARY|DESCRIPTION)$/) {
				gsub(/\\[\\;,nN]/, "", value)
				if (value ~ /[\\;,]/)
					wrong("not escaped")
			}
		}
		!/\r$/ { line = $0; wrong("no CRLF") }
		{
			sub(/\r$/, "")
			if (length > 75 || /[\001-\037\177]/) {
				line = $0
				wrong("too long, or a control character")
			}
		}
		/^ / { whole = whole substr($0, 2); next }
		{
			line = whole
			if (NR > 1)
				take()
			whole = $0
		}
		END {
			line = whole
			take()
			if (depth || line != "END:VCALENDAR")
				wrong("not closed")
			exit bad
		}' "$1"
}

# ics_lines PATTERN: the lines of the file out that match, unfolded, without their ends.
ics_lines() {
	sed -e ':a' -e 'N;$!ba' -e 's/\r\n //g' -e 's/\r//g' out | grep -E "$1"
}
