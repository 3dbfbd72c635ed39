/** Lists, reads, writes and deletes single files of a running container with what its own image has: sh, stat, cat, cp, mv, rm. */
package io.jenkins.plugins.shera.terminal.files;
