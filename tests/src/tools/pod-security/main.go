// Judges pods by a level of the Pod Security Standards, with the checks of Kubernetes' own admission.
//
// Reads a list of {"metadata", "spec"} as JSON from its input, and writes for each pod the list of what forbids it.
// Usage: pod-security LEVEL VERSION, such as: pod-security restricted v1.33
package main

import (
	"encoding/json"
	"log"
	"os"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: pod-security LEVEL VERSION")
	}
	level, err := api.ParseLevel(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	version, err := api.ParseVersion(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		log.Fatal(err)
	}
	var pods []corev1.PodTemplateSpec
	if err := json.NewDecoder(os.Stdin).Decode(&pods); err != nil {
		log.Fatal(err)
	}
	told := make([][]string, len(pods))
	for index := range pods {
		told[index] = []string{}
		pod := &pods[index]
		results := evaluator.EvaluatePod(api.LevelVersion{Level: level, Version: version}, &pod.ObjectMeta, &pod.Spec)
		for _, result := range results {
			if !result.Allowed {
				told[index] = append(told[index], result.ForbiddenReason+" ("+result.ForbiddenDetail+")")
			}
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(told); err != nil {
		log.Fatal(err)
	}
}
