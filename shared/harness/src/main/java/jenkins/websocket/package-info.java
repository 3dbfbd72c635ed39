/** WebSocket answers of a web method. */
package jenkins.websocket;
