/** What other plugins know already, taken where they are installed and never needed. */
package io.jenkins.plugins.shera.platform.neighbours;
