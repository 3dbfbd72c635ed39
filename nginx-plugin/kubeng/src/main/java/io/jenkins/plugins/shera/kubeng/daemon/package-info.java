/** What keeps the node's nginx as intended: lanes that run at their own pace, and what they tell of themselves. */
package io.jenkins.plugins.shera.kubeng.daemon;
