/** Users and groups of the rights matrix. */
package org.jenkinsci.plugins.matrixauth;
