using System.Collections.Frozen;

namespace Pellucid.Graphs.Onnx.Canonical.Opsets;

/// <summary>Brings a node of operator set 11 to 21 into the form of operator set 20. Most are in it already.</summary>
internal static class OpsetUpgrade
{
    private static readonly FrozenDictionary<string, Func<UpgradeScope, IEnumerable<Node>>> Upgrades = new[]
        {
            AxesUpgrades.All, ActivationUpgrades.All, NormalizationUpgrades.All, WindowUpgrades.All, MiscellaneousUpgrades.All,
        }
        .SelectMany(u => u).ToFrozenDictionary(u => u.Key, u => u.Value, StringComparer.Ordinal);

    /// <exception cref="GraphException">The node is of an unknown domain, or its old form has no counterpart.</exception>
    public static IEnumerable<Node> Apply(Node node, long version, Assembly assembly)
    {
        if (node.Domain.Length > 0 && !string.Equals(node.Domain, Node.MicrosoftDomain, StringComparison.Ordinal))
            throw new GraphException($"node '{node.DisplayName}' is of the operator set '{node.Domain}' ({node.OpType}), which is not supported; ONNX's own and com.microsoft are");
        return Upgrades.TryGetValue(node.QualifiedOp, out Func<UpgradeScope, IEnumerable<Node>>? upgrade)
            ? upgrade(new UpgradeScope(node, version, assembly))
            : [node];
    }
}
