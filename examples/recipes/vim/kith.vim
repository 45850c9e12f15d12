" Complete addresses from kith: to ~/.vim/after/ftplugin/mail/kith.vim (Neovim:
" ~/.config/nvim/after/ftplugin/mail/kith.vim). Ctrl-X Ctrl-O completes what stands behind the last
" comma or colon, several words too.

function! KithComplete(findstart, base) abort
	if a:findstart
		return match(strpart(getline('.'), 0, col('.') - 1), '[^,: \t][^,:]*$')
	endif
	let people = json_decode(system('kith query --json -- ' .. shellescape(a:base)))
	return map(people, {_, one -> {'word': one['name-addr'], 'menu': one.info}})
endfunction

setlocal omnifunc=KithComplete
