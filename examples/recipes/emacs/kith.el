;;; kith.el --- complete addresses from kith in notmuch  -*- lexical-binding: t -*-

;; Copy it with kith-address into one folder and say (load "/that/folder/kith") in ~/.emacs.
;; TAB completes in To, Cc and Bcc.

;; notmuch takes the name of a program, not a command with options: hence the small script.
(setq notmuch-address-command
      (expand-file-name "kith-address" (file-name-directory load-file-name)))

;;; kith.el ends here
