using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>Says which metric of this program a case is; one for each family of metrics. Null where it is none of the family's.</summary>
/// <param name="c">The case.</param>
/// <param name="parameters">Its parameters: what is not read from them is unknown, and the case not implemented.</param>
internal delegate MetricCase? MetricMapping(ManifestCase c, MetricParameters parameters);
