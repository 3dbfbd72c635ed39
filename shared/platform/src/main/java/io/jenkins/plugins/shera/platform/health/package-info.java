/** Whether what the platform leans on answers: asked every few minutes, remembered, never in the way of a page. */
package io.jenkins.plugins.shera.platform.health;
