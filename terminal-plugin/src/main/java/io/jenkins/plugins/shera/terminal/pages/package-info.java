/** The tab Terminal of an application, and the WebSocket behind it. */
package io.jenkins.plugins.shera.terminal.pages;
