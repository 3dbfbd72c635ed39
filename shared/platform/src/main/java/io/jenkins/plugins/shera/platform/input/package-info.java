/** What people and programs hand in: names, quantities, JSON fields, and the refusal that says what is wrong with them. */
package io.jenkins.plugins.shera.platform.input;
