/** A small driver of a real Chromium for tests of pages: open, click, type, look, and judge what the page did. */
package io.jenkins.plugins.shera.harness.browser;
