/** Secret texts and files as Jenkins keeps them. */
package org.jenkinsci.plugins.plaincredentials.impl;
