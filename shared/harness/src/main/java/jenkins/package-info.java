/** Types of Jenkins that belong nowhere else. */
package jenkins;
