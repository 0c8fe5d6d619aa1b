namespace Pellucid.Graphs.Differentiation;

/// <summary>
/// The vector-Jacobian product of one operator: reads the cotangents of the node's outputs from the scope and adds
/// the cotangents of its inputs to it.
/// </summary>
/// <param name="scope">The node, its values, and where the results go.</param>
/// <exception cref="GraphException">This use of the operator has no gradient; the message says what to do.</exception>
public delegate void GradientRule(GradientScope scope);
