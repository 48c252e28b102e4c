;;; What somebody does in Emacs with Eglot: open a file, read what is found, take the first fix of a finding, look again. Prints one JSON object.  -*- lexical-binding: t -*-
;; Arguments, as environment: HOLDFAST_SERVER (a Node program), HOLDFAST_NODE, HOLDFAST_FOLDER.

(require 'package)
(package-initialize)
(require 'eglot)
(require 'flymake)
(require 'json)
(require 'project)

(defconst patience 30)

(defun holdfast-said ()
  (sort (mapcar (lambda (it)
                  (save-excursion
                    (goto-char (flymake-diagnostic-beg it))
                    (format "%d:%d %s" (1- (line-number-at-pos)) (current-column)
                            ;; "holdfast [rule]: message"
                            (let ((text (flymake-diagnostic-text it)))
                              (if (string-match "\\[\\([^]]+\\)\\]" text) (match-string 1 text) text)))))
                (flymake-diagnostics))
        #'string<))

(defun holdfast-wait (settled)
  (let ((end (+ (float-time) patience)))
    (while (and (not (funcall settled)) (< (float-time) end))
      (accept-process-output nil 0.1)
      (when flymake-mode (flymake-start)))))

(let* ((folder (file-name-as-directory (getenv "HOLDFAST_FOLDER")))
       (eglot-sync-connect patience)
       (eglot-autoshutdown t)
       (eglot-confirm-server-initiated-edits nil)
       (eglot-server-programs
        `((python-mode . (,(getenv "HOLDFAST_NODE") ,(getenv "HOLDFAST_SERVER") "--stdio"))))
       (project-find-functions (list (lambda (_) (cons 'transient folder))))
       found actions after)
  (find-file (concat folder "app/main.py"))
  (python-mode)
  (apply #'eglot (eglot--guess-contact))
  (holdfast-wait (lambda () (= (length (holdfast-said)) 2)))
  (setq found (holdfast-said))
  (goto-char (point-min))
  (search-forward "time.sleep")
  (goto-char (match-beginning 0))
  (let* ((answer (eglot-code-actions (point) (1+ (point)) nil nil)))
    (setq actions (mapcar (lambda (it) (plist-get it :title)) answer))
    (let ((first (car (append answer nil))))
      (when first
        ;; What choosing an action does has a name of its own since Eglot 1.14.
        (if (fboundp 'eglot-execute)
            (eglot-execute (eglot--current-server-or-lose) first)
          (eglot--apply-workspace-edit (plist-get first :edit))))))
  ;; Sent when somebody pauses, which nobody does here.
  (eglot--signal-textDocument/didChange)
  (holdfast-wait (lambda () (= (length (holdfast-said)) 1)))
  (setq after (holdfast-said))
  (princ (json-encode `((found . ,(vconcat found))
                        (actions . ,(vconcat actions))
                        (after . ,(vconcat after))
                        (text . ,(buffer-substring-no-properties (point-min) (point-max))))))
  (princ "\n")
  (set-buffer-modified-p nil)
  (eglot-shutdown (eglot--current-server-or-lose))
  (kill-emacs 0))
