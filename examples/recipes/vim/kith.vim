" Complete addresses from kith: to ~/.vim/after/ftplugin/mail/kith.vim (Neovim:
" ~/.config/nvim/after/ftplugin/mail/kith.vim). Ctrl-X Ctrl-O completes what stands behind the last
" comma or colon, several words too.

function! KithComplete(findstart, base) abort
	if a:findstart
		return match(strpart(getline('.'), 0, col('.') - 1), '[^,: \t][^,:]*$')
	endif
	let found = system('kith query --json -- ' .. shellescape(a:base) .. ' 2>/dev/null')
	if v:shell_error > 1
		return []
	endif
	return map(json_decode(found), {_, one -> {'word': one['name-addr'], 'menu': one.info}})
endfunction

setlocal omnifunc=KithComplete
