/* Linked to SQLite all the same: what a program that uses it costs before it does anything. */
int main(void)
{
	return 0;
}
