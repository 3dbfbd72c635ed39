/** How much of an application's traffic goes to its canary: the words that the rollout engine and the routers share. */
package io.jenkins.plugins.shera.platform.traffic;
